/* Cards of a demo register, ready to draw: what measure.c and floor_card.c both draw. */
#ifndef BENCH_FACES_H
#define BENCH_FACES_H

#include "cli/register.h"
#include "domain/card.h"
#include "render/card_face.h"

/* Opens the register in the folder for reading, the operator's way; exits when it cannot. */
void faces_open(Cli *cli, const char *data_dir);
/* Cards of so many members, spread over all serials, with their codes; in the cli's arena. */
Card *faces_cards(Cli *cli, int count);
/* The same, ready to draw, in English. */
CardFace *faces_load(Cli *cli, int count);
/* Ends what faces_open began. */
void faces_close(Cli *cli);

#endif
