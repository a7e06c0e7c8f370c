/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What goes with the plan of a listed track, a sentence each: what is better left alone, and what
 * to ask the mastering engineer. Made where it is read: a catalogue does not keep it.
 */
#ifndef HS_CATALOGUE_ADVICE_H
#define HS_CATALOGUE_ADVICE_H

#include "model/audit.h"

enum { HS_ADVICE_MOST = 8 };

struct hs_advice {
    const char *leave_alone[HS_ADVICE_MOST];
    size_t n_leave_alone;
    const char *questions[HS_ADVICE_MOST];
    size_t n_questions;
};

/* Empty for a track that is left alone; the sentences lie in the arena or are constant. */
void hs_advice_make(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                    struct hs_arena *arena, struct hs_advice *out);

#endif
