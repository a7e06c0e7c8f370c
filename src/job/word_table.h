/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that studios put into file and folder names: what part a file plays, what
 * version of it, in what form. From the naming recommendations of the Recording
 * Academy's Producers & Engineers Wing, delivery specifications and the habits of real
 * archives. Words are looked up in lower case.
 */
#ifndef HS_JOB_WORD_TABLE_H
#define HS_JOB_WORD_TABLE_H

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
    HS_WORD_OLDER,    /* old, previous: of a mix that was replaced; only beside a word for a mix */
    HS_WORD_FORMAT,   /* 48k, 24bit, wav, stereo */
    HS_WORD_BOUNCE,   /* print, bounce, export, render: out of a session */
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

/* What a word says by itself; HS_WORD_TITLE: nothing. *aside is set with HS_WORD_ASIDE. */
enum hs_word hs_word_alone(const char *text, enum hs_aside *aside);

/* A word that counts. */
struct hs_counter {
    const char *text;
    enum hs_word joined; /* what it is with a number at its end ("v07", "cd2") */
    enum hs_word behind; /* what a number behind it makes of both ("v 7", "disc 2"); HS_WORD_TITLE:
                            nothing */
    bool also_mix;       /* it says mix too */
};
/* NULL: the word does not count. */
const struct hs_counter *hs_word_counter(const char *text);

/* Two words that only mean something together: "no limiter", "vox up". */
struct hs_neighbours {
    const char *first, *second;
    enum hs_word word;
    enum hs_aside aside;
};
/* NULL: they mean nothing together. */
const struct hs_neighbours *hs_word_neighbours(const char *first, const char *second);

/* Says that something newer took its place: old, previous. Titles say so too: see job/words.c. */
bool hs_word_is_older(const char *text);
/* Is the text one of these words? */
bool hs_word_among(const char *text, const char *const *among, size_t n);

/* "stem", "instrumental", ...; NULL for HS_ASIDE_NONE. */
const char *hs_aside_name(enum hs_aside aside);

#endif
