/* What may be a person's name. */
#ifndef DOMAIN_NAME_CHECK_H
#define DOMAIN_NAME_CHECK_H

#include "base/ctx.h"

/* Makes the name fit to be kept and printed: NFC, white space collapsed and trimmed, invisible
 * signs (marks and overrides of direction, zero-width ones but the joiners inside Indic words)
 * taken out, as nobody sees that they pasted them. Letters of every script that cards have a font
 * for, their marks, spaces, . , ' ’ - ( ) / · and emoji may stand in it; right-to-left scripts are
 * letters like others. INVALID on field: name_missing, name_long {max}, name_not_text (not UTF-8),
 * name_wide (letters that no card can show: Chinese, Japanese, Korean), name_digits, name_signs
 * (control signs, < > @ and the like, unassigned, heaps of marks), name_letters (no letter at all).
 * An empty or blank name is name_missing. */
MUST_USE Status name_check(Ctx *ctx, const char *field, Text typed, Text *ret_name);

#endif
