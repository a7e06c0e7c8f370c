/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which files of a job are compared with which. Indices are those of hs_entries; the list is the
 * caller's, to be freed with hs_free.
 */
#ifndef HS_RUN_COUPLES_H
#define HS_RUN_COUPLES_H

#include "run/entries.h"

/* Two entries to be compared: a mix with a master, an old file with its update. */
struct hs_couple {
    size_t from, to;
};

struct hs_couples {
    struct hs_couple *items; /* for hs_free */
    size_t n, cap;
};

/* Adds what a track needs: every candidate mix with its master, every update with what it may
 * replace. */
void hs_couples_of_track(const struct hs_entries *e, const struct hs_track *t,
                         struct hs_couples *out);

#endif
