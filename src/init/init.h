/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the folders of an archive to a job file: find the files, tell masters from
 * mixes, pair them by name, length and, where names fail, by the audio; write what was
 * guessed with its confidence and its reason.
 */
#ifndef HS_INIT_INIT_H
#define HS_INIT_INIT_H

#include "core/log.h"
#include "job/merge.h"
#include "job/name.h"
#include "model/audio.h"
#include "model/job.h"

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
    const char *aside;   /* why it is no part of a pair, or NULL */
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

struct hs_init {
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

/* All audio under a folder, with names and tags. */
enum hs_status hs_init_scan(struct hs_init *in, const char *folder, struct hs_error *err);
/* After all folders: drops doubles, reads headers and tags, joins channels.
 * HS_E_INTERRUPTED, or HS_OK. */
enum hs_status hs_init_probe(struct hs_init *in, struct hs_error *err);
/* Stream facts and tags of all takes, through the pool. */
enum hs_status hs_init_tags(struct hs_init *in, struct hs_error *err);
/* Decides what is a master and what is a mix, sets aside the rest. */
enum hs_status hs_init_parts(struct hs_init *in, struct hs_error *err);
/* Pairs by names and lengths. */
void hs_init_match(struct hs_init *in);
/* Listens where names left it open. */
enum hs_status hs_init_listen(struct hs_init *in, struct hs_error *err);

/* Measures takes through the pool: loudness and PLR (NaN where it cannot be had). */
enum hs_status hs_init_loudness(struct hs_init *in, struct hs_take *const *takes, size_t n,
                                double *lufs, double *plr_db, struct hs_error *err);

const char *hs_init_release(const struct hs_take *t); /* title of its release */
/* A path as it stands in the job file. */
const char *hs_init_relative(struct hs_init *in, const char *path);
void hs_init_put_yaml(struct hs_init *in, const char *audio, struct hs_buf *out);
void hs_init_put_json(struct hs_init *in, struct hs_buf *out);
/* What is new since the job file was written, as additions to it. */
struct hs_addition *hs_init_additions(struct hs_init *in, const struct hs_job *job,
                                      const struct hs_buf *text, size_t *n);
/* Text that may stand in a comment: one line. */
const char *hs_init_comment(struct hs_init *in, const char *text);

#endif
