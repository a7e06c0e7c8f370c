/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The job: what the YAML file says after inheritance, globs and look-up of the files.
 * Everything is owned by the job's arena; read-only once loaded.
 */
#ifndef HS_MODEL_JOB_H
#define HS_MODEL_JOB_H

#include "core/alive.h"
#include "core/arena.h"
#include "model/separate.h"
#include "model/stem_role.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Audio to read: one file, or two mono files (right_path is NULL unless discrete L/R). */
struct hs_source {
    const char *path;       /* absolute; the left one of a discrete pair; NULL: no source */
    const char *right_path; /* absolute, or NULL */
    int stream;             /* which audio stream of the file, from 1; 0: the best one */
    /* Part of a file by a cue sheet, in its frames of 1/75 s; to_75 0: up to the end. */
    int64_t from_75, to_75;
    bool emphasised;   /* the cue sheet says: recorded with pre-emphasis */
    const char *shown; /* as the job file has it, for people */
    bool exists;
    int line, column; /* in the job file, 0 where it came from a glob */
    const struct hs_alive
        *alive;                 /* in a task: gets a sign of life as the file is read; else NULL */
    const struct hs_kept *kept; /* in a task: what was read of it before is read from here; NULL */
};

/* The order of sources by what is read; 0: they are the same audio of the same files. */
static inline int hs_source_order(const struct hs_source *a, const struct hs_source *b)
{
    const char *x = a->right_path ? a->right_path : "", *y = b->right_path ? b->right_path : "";
    int order = strcmp(a->path, b->path);
    order = order ? order : strcmp(x, y);
    order = order ? order : (a->stream > b->stream) - (a->stream < b->stream);
    order = order ? order : (a->from_75 > b->from_75) - (a->from_75 < b->from_75);
    order = order ? order : (a->to_75 > b->to_75) - (a->to_75 < b->to_75);
    return order ? order : a->emphasised - b->emphasised;
}

enum hs_recall {
    HS_RECALL_UNKNOWN,
    HS_RECALL_SESSION,
    HS_RECALL_STEMS,
    HS_RECALL_STEREO,
    HS_RECALL_NONE
};
enum hs_answer { HS_ANSWER_NULL, HS_ANSWER_NO, HS_ANSWER_YES, HS_ANSWER_NOT_APPLICABLE };

struct hs_heard {
    const char *note;                 /* the engineer's words, or a rule id */
    const char *words;                /* what was said about it; NULL: nothing */
    enum hs_answer in_master, in_mix; /* the ticks of the ear; NULL: not said */
    const double *at_s;
    size_t n_at;
};

struct hs_accept {
    const char *rule, *why;
};

/* What a listener says to a finding, in answers.yaml or in the job file itself. */
enum hs_reply { HS_REPLY_NONE, HS_REPLY_YES, HS_REPLY_NO, HS_REPLY_ON_PURPOSE };

struct hs_said {
    size_t track;         /* index into hs_job.tracks */
    const char *listener; /* NULL: not named */
    const char *rule;     /* NULL: a note alone */
    enum hs_reply reply;
    bool blind;       /* said before the verdict was seen */
    const char *note; /* NULL: none */
    bool decides;     /* the answer of the one whose ear counts; a class does not decide */
};

struct hs_stem {
    const char *role; /* as the job names it: vocal kick snare bass drums ... */
    enum hs_stem_role kind;
    bool whole_kit; /* all drums together */
    int key;        /* which of the track's keys: a key may have several stems */
    struct hs_source source;
};

enum hs_update_kind { HS_UPDATE_NONE, HS_UPDATE_UNSAID, HS_UPDATE_MIX, HS_UPDATE_MASTER };

struct hs_track {
    const char *id;     /* URL-safe, unique in the job */
    const char *title;  /* UTF-8, never NULL */
    const char *artist; /* where it is not the job's; NULL */
    const char *version_title, *isrc, *genre, *label, *format, *barcode;
    const char *mixed_by, *mastered_by, *studio;      /* inherited; NULL where not said */
    int disc, track, year, mixed_year, mastered_year; /* 0: not said */
    bool instrumental;
    enum hs_recall recall;
    double plays; /* NaN: not said */
    struct hs_source master;
    const struct hs_source *mixes; /* candidates; one is the usual case */
    size_t n_mixes;
    const struct hs_stem *stems;
    size_t n_stems;
    struct hs_source update;
    enum hs_update_kind update_kind;
    const struct hs_heard *heard;
    size_t n_heard;
    const struct hs_accept *accept;
    size_t n_accept;
    const char *const *not_heard; /* rules: measured, but this ear does not hear it */
    size_t n_not_heard;
    const char *const *intended; /* words: what the song is meant to be */
    size_t n_intended;
    size_t release; /* index into hs_job.releases */
    int line, column;
};

struct hs_release {
    const char *title; /* never NULL */
    const char *catalogue_number, *label, *format, *barcode, *studio;
    int year;
    size_t first_track, n_tracks; /* in hs_job.tracks */
};

struct hs_rule_setting {
    const char *rule;
    bool off;
    double limit_steps; /* NaN: the rule's own */
};

/* A streaming service as the job wants it; target NaN: left out. */
struct hs_platform_setting {
    const char *name;
    double target_lufs;
};

struct hs_job {
    struct hs_arena arena;
    const char *path; /* of the job file, as given */
    uint64_t hash[2]; /* XXH3-128 of the bytes that it was read from */
    const char *name; /* its base name without the ending: the default output folder */
    const char *artist, *audio_dir;
    const struct hs_source *references, *mix_references;
    size_t n_references, n_mix_references;
    /* Of a job that is one shard of another (`is_shard`): the references that are taken apart
     * there. */
    const struct hs_source *apart;
    size_t n_apart;
    bool is_shard;
    const char *profile; /* "popular" */
    double budget_hours; /* NaN: none */
    const char *notify;  /* command, or NULL */
    double notify_limit; /* seconds that it may take */
    bool trusted;        /* nobody but the user and root could have written the job file: its
                            commands may be run */
    const struct hs_separate *separate; /* NULL: none */
    const char *listener;               /* whose ear counts, where several answer; NULL: not said */
    const char *answers_path;           /* of answers.yaml; NULL: there is none */
    const struct hs_said *said;
    size_t n_said;
    size_t n_said_elsewhere;       /* answers of tracks that are not in the job: left out */
    size_t n_contradictions;       /* findings that the ear that decides hears and does not hear */
    const char *contradiction;     /* the first: "bright of a-song"; NULL: none */
    bool preview;                  /* mixes that are to be released are mastered in house */
    bool preview_without_eq;       /* set by the command line alone, as preview_folder is */
    const double *preview_targets; /* ascending; NULL: the usual ones */
    size_t n_preview_targets;
    const char *preview_folder; /* where the results are written; NULL: nowhere */
    double max_missing;         /* share 0-1 above which the audit stops (exit 12) */
    const struct hs_rule_setting *rules;
    size_t n_rules;
    unsigned survival; /* where it has to hold up: a set of model/survival.h */
    const struct hs_platform_setting *platforms;
    size_t n_platforms;
    const struct hs_release *releases;
    size_t n_releases;
    const struct hs_track *tracks; /* all, in the order of the file */
    size_t n_tracks;
};

/* Who plays: what the track says, else what the job says; NULL where nobody is named. */
static inline const char *hs_track_artist(const struct hs_job *job, const struct hs_track *t)
{
    return t->artist ? t->artist : job->artist;
}

#endif
