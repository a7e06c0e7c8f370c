/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands in brackets in the name of a release or a song: "(2015 Remaster)", "(2CD)",
 * "[24-96]", "[EX-001]". Pure; texts live in the arena.
 */
#ifndef HS_JOB_BRACKETS_H
#define HS_JOB_BRACKETS_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_bracket_kind {
    HS_BRACKET_WORDS,       /* part of the title, as far as can be told */
    HS_BRACKET_YEAR,        /* 2004, 20040503 */
    HS_BRACKET_EDITION,     /* another edition of the same recording: 2015 Remaster, Deluxe */
    HS_BRACKET_PERFORMANCE, /* another recording of it: Live 2003, Acoustic */
    HS_BRACKET_DISC,        /* Disc 2 */
    HS_BRACKET_FORMAT,      /* 2CD, 24-96, FLAC, Vinyl */
    HS_BRACKET_CATALOGUE,   /* EX-001 */
};

struct hs_bracket {
    enum hs_bracket_kind kind;
    int number;       /* of HS_BRACKET_DISC */
    int year;         /* said in it, 0 */
    const char *text; /* inside of the brackets */
};

/* `inside`: the text between the brackets, well-formed. */
struct hs_bracket hs_bracket_read(struct hs_arena *a, const char *inside);

/* Takes the brackets off the end of `text` (of length *n) and reads them. False, and nothing
 * taken, where there are none, or nothing stands before them. */
bool hs_bracket_take_last(struct hs_arena *a, const char *text, size_t *n, struct hs_bracket *out);
/* The same with an edition that stands there without brackets: a year and a word for it, in either
 * order. The first word stays. */
bool hs_bracket_take_edition(struct hs_arena *a, const char *text, size_t *n,
                             struct hs_bracket *out);

#endif
