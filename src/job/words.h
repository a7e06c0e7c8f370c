/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that studios put into file and folder names: what part a file plays, what
 * version of it, in what form. From the naming recommendations of the Recording
 * Academy's Producers & Engineers Wing, delivery specifications and the habits of real
 * archives.
 */
#ifndef HS_JOB_WORDS_H
#define HS_JOB_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum hs_word {
    HS_WORD_TITLE,    /* not one of the words below */
    HS_WORD_MASTER,   /* MSTR, mastered, remaster */
    HS_WORD_MASTERED, /* the word "master" alone: an approved mix is called so too */
    HS_WORD_MIX,      /* mix, mixdown, 2trk, premaster, unmastered */
    HS_WORD_FLAT,     /* a mix without a limiter: flat, nolim, unmastered */
    HS_WORD_VERSION,  /* v, rev, take: a number follows or is part of it */
    HS_WORD_FINAL,    /* final, approved */
    HS_WORD_FORMAT,   /* 48k, 24bit, wav, stereo, print, bounce */
    HS_WORD_ASIDE,    /* stem, instrumental, TV, a cappella, clean, demo, rough ... */
    HS_WORD_NUMBER,   /* digits alone */
    HS_WORD_DISC,     /* cd1, disc2 (of folders) */
    HS_WORD_CHANNEL,  /* L, R, left, right */
};

/* What a file is that is set aside: not what was sent to mastering, or not the released
 * recording. */
enum hs_aside {
    HS_ASIDE_NONE,
    HS_ASIDE_STEM,
    HS_ASIDE_INSTRUMENTAL,
    HS_ASIDE_TV,
    HS_ASIDE_A_CAPPELLA,
    HS_ASIDE_VOCAL_UP,
    HS_ASIDE_VOCAL_DOWN,
    HS_ASIDE_CLEAN,
    HS_ASIDE_RADIO_EDIT,
    HS_ASIDE_EDIT,
    HS_ASIDE_KARAOKE,
    HS_ASIDE_DEMO,
    HS_ASIDE_ROUGH,
    HS_ASIDE_REFERENCE,
    HS_ASIDE_SURROUND,
    HS_ASIDE_PARTIAL,
    HS_N_ASIDES
};

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
/* "stem", "instrumental", ...; NULL for HS_ASIDE_NONE. */
const char *hs_aside_name(enum hs_aside aside);

#endif
