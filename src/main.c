/* Everything begins at the terminal: `sangathan serve` is a verb like the others. */
#include <sys/resource.h>

#include "cli/command.h"

int main(int argc, char **argv) {
    /* a core file would hold the keys of the register */
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    return command_main(argc, argv);
}
