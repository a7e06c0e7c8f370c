/* SPDX-License-Identifier: Apache-2.0 */
/* A file or folder name as tokens, each with what it says of the file (job/word_table.h). */
#ifndef HS_JOB_WORDS_H
#define HS_JOB_WORDS_H

#include "job/word_table.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_token {
    const char *text;  /* lower case, ASCII; other bytes as they are */
    size_t start, end; /* in the name */
    bool upper;        /* its letters are all capitals */
    enum hs_word word;
    enum hs_word counts; /* what a number behind it makes of both; HS_WORD_TITLE: nothing */
    enum hs_aside aside; /* of HS_WORD_ASIDE */
    int number;          /* -1 where it has none */
    int year;            /* of a date such as 20040503 or 2004-05-03: on all its tokens; 0 */
    bool also_mix;       /* a version that says mix too: mix3, MI01 */
};

enum { HS_MOST_TOKENS = 48 };

/* Splits a name at everything but letters, digits and bytes above ASCII; reads each
 * token with its neighbours. Returns the number of tokens. `memory` holds the folded
 * copy: as long as the name, plus one. */
size_t hs_words_split(const char *name, char *memory, struct hs_token out[HS_MOST_TOKENS]);

#endif
