/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pair that is lined up, with the models of what mastering did on stretches of it: what all that
 * is read of a pair stands on. One thread; zeroed, it may be freed.
 */
#ifndef HS_PAIR_FITTED_H
#define HS_PAIR_FITTED_H

#include "pair/align.h"
#include "pair/aligned.h"
#include "pair/models.h"
#include "pair/pass.h"
#include "pair/silenced.h"

struct hs_fitted {
    struct hs_alignment place; /* its given fields are set by the caller */
    struct hs_aligned both;    /* the reader of both files */
    struct hs_models models;
    struct hs_pass pass;      /* set up, with the filter of the models; nothing has gone through */
    struct hs_timeline sound; /* the line without what one channel is gone in; owns no wow */
    struct hs_drop channel_drop[HS_DROPS_MOST];
    size_t n_channel_drops;
};

/* *found: as of hs_align; all but `place` holds only then. An error only where a file cannot be
 * read. `f` stays where it is: its parts borrow each other. */
enum hs_status hs_fitted_find(struct hs_fitted *f, bool *found, struct hs_error *err);
/* All-passes and crossovers move the phase of what lies below them: from here on time and polarity
 * are those of the pulse of the models' filter. */
void hs_fitted_correct_phase(struct hs_fitted *f);
void hs_fitted_free(struct hs_fitted *f);

#endif
