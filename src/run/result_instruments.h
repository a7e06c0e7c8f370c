/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stems or a separator show of the instruments of a track, from the rows of the store. What
 * is missing leaves the track unfinished. Results live in the arena.
 */
#ifndef HS_RUN_RESULT_INSTRUMENTS_H
#define HS_RUN_RESULT_INSTRUMENTS_H

#include "model/audit.h"
#include "run/entries.h"
#include "store/store.h"

struct hs_instrument_rows {
    struct hs_store *store;
    struct hs_arena *arena;    /* where results live */
    const uint64_t *separator; /* the key of what took files apart; NULL: nothing did */
    const char *separated_by;  /* that: what it is, for people */
};

/* Those of the mix that was chosen, of the master with it, and of the update, by stems. */
void hs_result_instruments(const struct hs_instrument_rows *r, const struct hs_entries *e,
                           struct hs_track_result *t);
/* What a separator showed of one file alone, given as that side. */
void hs_result_separated(const struct hs_instrument_rows *r, const struct hs_separate *what,
                         struct hs_file *f, enum hs_stem_side side);

#endif
