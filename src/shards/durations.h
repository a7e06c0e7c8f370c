/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long files are, by their headers: what measuring them costs. Seconds; of a file that says
 * nothing an estimate by its size.
 */
#ifndef HS_SHARDS_DURATIONS_H
#define HS_SHARDS_DURATIONS_H

#include "core/error.h"
#include "core/log.h"
#include "run/entries.h"

#include <signal.h>

/* Into audio_s of every entry: where a header says nothing, by its size, and as usual where the
 * file is not there, which its state then says. Foreign files are looked into by the worker.
 * HS_E_INTERRUPTED. */
enum hs_status hs_shard_durations(struct hs_entries *e, int jobs, const struct hs_log *log,
                                  const volatile sig_atomic_t *stop, struct hs_error *err);

#endif
