/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task that measures a mix and its master and compares them, so that each is read once. The
 * answer is a result (run/result.h) that is not stored; its body is the three results that are,
 * the same bytes as those of the tasks that measure and compare. Where one of them fails it has
 * none, and the others find out why.
 */
#ifndef HS_RUN_TASK_COUPLE_H
#define HS_RUN_TASK_COUPLE_H

#include "measure/measure.h"
#include "pool/task_kind.h"
#include "run/entries.h"
#include "run/result.h"

extern const struct hs_task_kind hs_task_kind_couple;

/* Of each file so many bytes are kept in memory: four minutes of floats at 48 kHz, eight of what
 * is stored in 16 bits; from five threads on less, so that all together keep as much as four would.
 * A longer file is read twice. */
#define HS_COUPLE_MOST_BYTES 96e6
/* In a task: the share of this thread in what all may keep, of each of two files. */
size_t hs_couple_most_kept(void);

enum hs_couple_part { HS_COUPLE_MIX, HS_COUPLE_MASTER, HS_COUPLE_PAIR, HS_COUPLE_PARTS };

struct hs_couple_answer { /* points into the result it was taken from */
    const void *data[HS_COUPLE_PARTS];
    size_t n[HS_COUPLE_PARTS];
};

void hs_ask_couple(struct hs_buf *payload, const struct hs_entry *mix,
                   const struct hs_entry *master, hs_analyser_set set);
/* False where it has not all of the three. */
bool hs_couple_take(const struct hs_result *r, struct hs_couple_answer *out);

#endif
