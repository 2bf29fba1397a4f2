/* Everything begins at the terminal: `sangathan serve` is a verb like the others. */
#include "cli/command.h"

int main(int argc, char **argv) { return command_main(argc, argv); }
