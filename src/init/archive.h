/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An archive on its way from folders to a job file: the files found, which are masters and
 * which mixes, which mix each master was probably made from. scan.h and tags.h fill in the
 * files, parts.h their part, match.h the pairs, run/listen.h what only the audio tells;
 * write.h, add.h and write_json.h read it. Texts live in its arena.
 */
#ifndef HS_INIT_ARCHIVE_H
#define HS_INIT_ARCHIVE_H

#include "core/log.h"
#include "job/name.h"
#include "model/audio.h"

#include <signal.h>

/* An audio file that was found, or two mono ones that belong together. */
struct hs_take {
    const char *path, *right; /* absolute; right NULL unless discrete */
    struct hs_name name;
    struct hs_stream stream; /* zeroed where the file cannot be read */
    const char *error;       /* why not, or NULL */
    const char *title, *album, *artist, *isrc, *label, *catalogue_number, *barcode, *genre,
        *version;            /* of the tags; NULL */
    const char *release_key; /* of a master: normal form of its release's title */
    const char *tag_key;     /* normal form of the tag's title, or NULL */
    int year, disc, track;   /* of the tags, else of the name; 0 */
    enum hs_part part;
    enum hs_aside aside; /* HS_ASIDE_NONE: it may be part of a pair */
    const char *copy_of; /* path of the better copy of the same master, or NULL */
    bool used;           /* a mix that some master took, or an older one of it */
};

enum { HS_MOST_GUESSES = 8 };

/* A master and what it was probably made from. */
struct hs_guess {
    struct hs_take *master;
    struct hs_take *mixes[HS_MOST_GUESSES]; /* best first; more than one: not decided */
    size_t n_mixes;
    const char *also;  /* older ones, as words; NULL */
    double confidence; /* of mixes[0] */
    const char *why;
    bool ambiguous;
};

struct hs_archive {
    struct hs_arena arena;
    const struct hs_log *log;
    int jobs;
    const volatile sig_atomic_t *stop;
    struct hs_take *takes; /* in the order of their paths */
    size_t n_takes, cap_takes;
    struct hs_guess *guesses; /* one for each master, in the order of releases */
    size_t n_guesses;
    const char *base; /* what paths are written relative to */
};

const char *hs_archive_release(const struct hs_take *t); /* title of its release */
/* A path as it stands in the job file. */
const char *hs_archive_relative(struct hs_archive *in, const char *path);
/* Text that may stand in a comment: one line. */
const char *hs_archive_comment(struct hs_archive *in, const char *text);
/* Guesses of one release stand together: the index behind the last one. */
size_t hs_archive_release_end(const struct hs_archive *in, size_t first);
/* Why a take is in no pair, or NULL. */
const char *hs_archive_left_out(const struct hs_take *t);

#endif
