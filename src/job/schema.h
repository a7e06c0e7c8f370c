/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading by a table of keys, each with the places where it may stand, what it looks like,
 * its help and the function that reads it. The table is in job/keys.h; the loader, the error
 * messages and the manual follow from it.
 */
#ifndef HS_JOB_SCHEMA_H
#define HS_JOB_SCHEMA_H

#include "job/problem.h"
#include "job/tree.h"
#include "model/job.h"

/* Places of a key. */
enum {
    HS_IN_JOB = 1,
    HS_IN_TARGETS = 2,
    HS_IN_DEFAULTS = 4,
    HS_IN_RELEASE = 8,
    HS_IN_TRACK = 16,
    HS_IN_HEARD = 32,
    HS_IN_BUDGET = 64,
    HS_IN_RULE = 128,
    HS_IN_CHANNELS = 256,
    HS_IN_UPDATE = 512,
    HS_IN_FILE = 1024,
    HS_IN_SEPARATE = 2048,
    HS_LAST_PLACE = HS_IN_SEPARATE,
    HS_ANY_TEXT = 1 << 20,
    /* What a track inherits from its release, and both from the job's defaults. */
    HS_INHERITED = HS_IN_DEFAULTS | HS_IN_RELEASE | HS_IN_TRACK,
};

/* What defaults, release and track have in common while reading: inheritance is a copy.
 */
struct hs_inherited {
    struct hs_track track;
    const char *catalogue_number;
};

struct hs_load {
    const struct hs_job_key *keys; /* what may stand where: the table of job/keys.h */
    size_t n_keys;
    struct hs_job *job;
    struct hs_arena *arena; /* the job's */
    struct hs_problems *problems;
    const char *const *rules;
    size_t n_rules;
    const char *folder; /* absolute, of the job file */
    struct hs_inherited defaults;
    struct hs_release *releases; /* being filled */
    size_t cap_releases;
    struct hs_track *tracks;
    size_t cap_tracks;
};

struct hs_job_key {
    const char *name;
    unsigned where;
    unsigned required; /* places where it must stand; HS_ANY_TEXT: there "~" and "null" are texts */
    const char *form;  /* what is expected: "a year such as 2004" */
    const char *help;
    /* `base` is the struct of the place (hs_job, hs_inherited, hs_heard ...). */
    void (*read)(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value,
                 void *base);
    size_t offset; /* of the field in it */
};

/* Reads a map by the keys of `where`; unknown and missing ones become problems. */
void hs_schema_read(struct hs_load *l, const struct hs_node *map, unsigned where, void *base);
const char *hs_schema_place(unsigned where); /* "a track" */
/* "found X, expected <form>" at the value. */
void hs_schema_mismatch(struct hs_load *l, const struct hs_job_key *key,
                        const struct hs_node *value);

/* Whether it is a map that says something; one that is not empty and no map is a problem. */
bool hs_schema_is_map(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value);

/* The form of all readers: takes `value` into the field of `base` that `key` names; what
 * does not fit becomes a problem. */
#define HS_READER(name)                                                                            \
    void name(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value,        \
              void *base)

#endif
