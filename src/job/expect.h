/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a job file must say once answers have been written into it: the tree of the file as it
 * was, with the entries that join `heard`, `not_heard` and `accept`. An edited text is held
 * against it, so that an edit cannot change anything else.
 */
#ifndef HS_JOB_EXPECT_H
#define HS_JOB_EXPECT_H

#include "job/problem.h"
#include "job/tree.h"
#include "model/job.h"

enum hs_expect_key { HS_EXPECT_HEARD, HS_EXPECT_NOT_HEARD, HS_EXPECT_ACCEPT, HS_N_EXPECT };
extern const char *const hs_expect_names[HS_N_EXPECT];

struct hs_expected_entry {
    const char *word;  /* a rule id, or free text */
    const char *words; /* said about it, or the reason of accept; NULL: nothing */
    bool free_text;
};

struct hs_expect_track {
    const struct hs_node *node;
    const struct hs_expected_entry *added[HS_N_EXPECT];
    size_t n_added[HS_N_EXPECT];
};

struct hs_expect {
    const struct hs_node *root;
    struct hs_expect_track *tracks; /* in the order of the file */
    size_t n_tracks;
    size_t n_added, n_there;
    size_t n_contradictions; /* a yes or no that a later entry says the other way */
};

/* All entries of `said`; those that the job says already are counted in n_there. An entry that
 * contradicts the job becomes a problem. */
void hs_expect_make(struct hs_expect *e, const struct hs_node *root, const struct hs_job *job,
                    const struct hs_said *said, size_t n_said, struct hs_arena *a,
                    struct hs_problems *problems);
/* Whether a tree says exactly what is expected. */
bool hs_expect_is(const struct hs_expect *e, const struct hs_node *root);

#endif
