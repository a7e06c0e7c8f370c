/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The audio files of a job, each once, however many tracks use it: what the disk says of
 * it, the hash of its bytes, and what was measured.
 */
#ifndef HS_RUN_ENTRIES_H
#define HS_RUN_ENTRIES_H

#include "core/stamp.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_entry {
    struct hs_stamp stamp;
    struct hs_stamp *right; /* of a discrete pair, else NULL */
    bool hashed;
    uint64_t bytes[2]; /* hash of the whole file, where hashed */
    size_t same_as;    /* index of the first entry of the same bytes (itself usually) */
    double audio_s;    /* 0 until it was measured */
    bool measured;     /* in this run, together with what it is compared with */
    struct hs_file file;
};

struct hs_entries {
    struct hs_entry *items;
    size_t n, cap;
    size_t *table; /* open addressing, index + 1, by path */
    size_t table_n;
    struct hs_arena arena; /* of stamps */
};

/* Adds a source (with a path) unless it is there; returns its index. */
size_t hs_entries_add(struct hs_entries *e, const struct hs_source *source);
/* The index of a source that was added. */
size_t hs_entries_find(const struct hs_entries *e, const struct hs_source *source);
/* All of a job: masters, mixes, stems, updates, references. */
void hs_entries_of_job(struct hs_entries *e, const struct hs_job *job);
void hs_entries_free(struct hs_entries *e);

/* Share (0-1) of the files that are not there, by their states. */
double hs_entries_missing(const struct hs_entries *e);

/* What the disk says now; the message does not name the path. */
enum hs_status hs_entry_look(struct hs_entry *e, struct hs_error *err);
/* What all nodes see of the files of an entry that was looked at: sizes and times, added to `sum`.
 */
uint64_t hs_entry_seen(const struct hs_entry *e, uint64_t sum);
/* The bytes of its files, as they were looked at: the weight of a task. */
double hs_entry_bytes(const struct hs_entry *e);
/* Takes the hash of all its bytes: what is measured is known by it, and by the part of the
 * file where only a part is read. */
void hs_entry_identify(struct hs_entry *e, const uint64_t bytes[2]);
/* The copy of a file for a track or a reference, under the source it is named by there. */
struct hs_file hs_entries_file(const struct hs_entries *e, const struct hs_source *source);

#endif
