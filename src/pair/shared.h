/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measures of what both files share, measured again where that is less than nine tenths of
 * a file: a chorus that a radio edit lacks would else count as a change by mastering. Fades of the
 * master are left out as well: they weigh the passages of a song otherwise than the mix does.
 * Reads the original channels of what is left of the time line, one stretch behind the other.
 */
#ifndef HS_PAIR_SHARED_H
#define HS_PAIR_SHARED_H

#include "model/audit.h"
#include "pair/timeline.h"

/* Of the mix, or of the master; `full`: where the master is at its full gain, in its time. Numbers,
 * flags and arrays; no series, no fingerprint. `out` is left as it is (empty) where nine tenths and
 * more of the file are shared. */
enum hs_status hs_shared_measure(const struct hs_timeline *t, struct hs_passage full,
                                 const struct hs_file *file, bool is_mix, struct hs_values *out,
                                 struct hs_error *err);

#endif
