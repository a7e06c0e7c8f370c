/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The audio files of a job, each once, however many tracks use it: what the disk says of
 * it, the hash of its bytes, and what was measured.
 */
#ifndef HS_RUN_ENTRIES_H
#define HS_RUN_ENTRIES_H

#include "model/audit.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_entry {
    struct hs_stamp stamp;
    bool hashed;
    size_t same_as; /* index of the first entry of the same bytes (itself usually) */
    struct hs_file file;
};

struct hs_entries {
    struct hs_entry *items;
    size_t n, cap;
    size_t *table; /* open addressing, index + 1, by path */
    size_t table_n;
};

/* Adds a source (with a path) unless it is there; returns its index. */
size_t hs_entries_add(struct hs_entries *e, const struct hs_source *source);
/* The index of a source that was added. */
size_t hs_entries_find(const struct hs_entries *e, const struct hs_source *source);
/* All of a job: masters, mixes, stems, updates, references. */
void hs_entries_of_job(struct hs_entries *e, const struct hs_job *job);
void hs_entries_free(struct hs_entries *e);

/* What the disk says now; false where the file (or its right half) is not there. */
bool hs_stamp_read(const struct hs_source *source, struct hs_stamp *out);
bool hs_stamp_equal(const struct hs_stamp *a, const struct hs_stamp *b);

#endif
