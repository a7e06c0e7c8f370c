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
#include "job/ids.h"
#include "job/name.h"
#include "model/audio.h"

#include <signal.h>

/* The track of a cue sheet that a take is. */
struct hs_sheet_part {
    const char *cue; /* absolute; NULL: the take is the whole file */
    int number;
    int64_t from_75, to_75; /* in frames of 1/75 s; to_75 0: up to the end */
    bool emphasised;
};

/* An audio file that was found, or two mono ones that belong together. */
struct hs_take {
    const char *path, *right; /* absolute; right NULL unless discrete */
    struct hs_sheet_part part_of;
    struct hs_name name;
    struct hs_stream stream; /* zeroed where the file cannot be read */
    const char *error;       /* why not, or NULL */
    const char *title, *album, *album_artist, *artist, *isrc, *label, *catalogue_number, *barcode,
        *genre, *version;    /* of the tags; NULL */
    const char *edition;     /* of a master whose release lies in two folders: its year, or NULL */
    const char *release_key; /* of a master: normal form of its release's title and version */
    const char *tag_key;     /* normal form of the tag's title, or NULL */
    int year, disc, track;   /* of the tags, else of the name; 0 */
    enum hs_part part;
    enum hs_aside aside; /* HS_ASIDE_NONE: it may be part of a pair */
    const char *copy_of; /* path of the better copy of the same master, or NULL */
    bool as_loud;        /* a master that is taken for a copy by its loudness */
    const char *untold;  /* mix or release, it cannot be told: the signs of both; or NULL */
    bool used;           /* a mix that some master took, or an older one of it */
    bool listed;         /* stands in a track or in its comments; see hs_archive_settle */
};

/* A file that stands in the comments of a track. */
struct hs_companion {
    struct hs_take *take;
    enum hs_companion_kind {
        HS_COMPANION_OLDER,  /* an older revision of its mix */
        HS_COMPANION_UNLIKE, /* a candidate that the audio spoke against */
        HS_COMPANION_STEM,   /* a stem of it, by folder or name */
        HS_COMPANION_UNTOLD, /* its mix, or a release of its own */
    } kind;
    const char *role; /* of a stem */
};

enum { HS_MOST_GUESSES = 8 };

/* A master and what it was probably made from. */
struct hs_guess {
    struct hs_take *master;
    struct hs_take *mixes[HS_MOST_GUESSES]; /* best first; more than one: not decided */
    size_t n_mixes;
    const char *id; /* of the track */
    struct hs_companion *companions;
    size_t n_companions, cap_companions;
    double confidence; /* of mixes[0] */
    const char *why;
    bool ambiguous;
    bool settled; /* the job has a mix for it already */
};

struct hs_archive {
    struct hs_arena *arena; /* of all its texts */
    const struct hs_log *log;
    int jobs;
    const volatile sig_atomic_t *stop;
    struct hs_take *takes; /* in the order of their paths */
    size_t n_takes, cap_takes;
    struct hs_guess *guesses; /* one for each master, in the order of releases */
    size_t n_guesses;
    const char *base;       /* what paths are written relative to */
    const char *artist;     /* of the job that is written; what others play says so itself */
    const char **strangers; /* paths that are no audio; hidden ones are counted */
    size_t n_strangers, cap_strangers, n_hidden;
};

const char *hs_archive_release(const struct hs_take *t); /* title of its release */
const char *hs_archive_version(const struct hs_take *t); /* of its release, or NULL */
/* Who plays: the album's artist, or the song's; NULL where nobody is named. */
const char *hs_archive_artist(const struct hs_take *t);
/* The one artist of guesses [0, n), or NULL where there are several or none. */
const char *hs_archive_shared_artist(const struct hs_guess *g, size_t n);
/* The title that a person reads. */
const char *hs_archive_title(const struct hs_take *t);
/* A path as it stands in the job file. */
const char *hs_archive_relative(struct hs_archive *in, const char *path);
/* The same of a take, with its number where it is a track of a cue sheet. */
const char *hs_archive_name(struct hs_archive *in, const struct hs_take *t);
/* Text that may stand in a comment: one line. */
const char *hs_archive_comment(struct hs_archive *in, const char *text);
/* Guesses of one release stand together: the index behind the last one. */
size_t hs_archive_release_end(const struct hs_archive *in, size_t first);
void hs_archive_add_companion(struct hs_archive *in, struct hs_guess *g, struct hs_take *t,
                              enum hs_companion_kind kind, const char *role);
/* Gives a track its id, of release, version, disc and title. */
void hs_archive_make_id(struct hs_archive *in, struct hs_ids *ids, struct hs_guess *g);
/* When all is decided: every take stands in tracks, else in the comments of one track, else
 * it is left out. */
void hs_archive_settle(struct hs_archive *in);
/* By path, then by the place in it. */
int hs_archive_order(const struct hs_take *a, const struct hs_take *b);
/* Why a take is left out, or NULL where it is not. */
const char *hs_archive_left_out(const struct hs_take *t);

#endif
