/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a master lies in a mix: fingerprints, then the waveform, then tape and edits. Opens both
 * files and leaves the mix at the rate at which its frames fall on the master's. Owns what it
 * opened; one thread.
 */
#ifndef HS_PAIR_ALIGN_H
#define HS_PAIR_ALIGN_H

#include "model/audit.h"
#include "pair/coarse.h"
#include "pair/feed.h"
#include "pair/fine.h"
#include "pair/late.h"
#include "pair/timeline.h"

struct hs_alignment {
    /* given: borrowed; lengths of the files in seconds */
    const struct hs_file *mix, *master;
    const char *mix_fingerprint, *master_fingerprint;
    double mix_s, master_s;
    bool by_channel; /* channels of the master that come late are looked for, too */
    /* found */
    struct hs_feed mix_feed, master_feed;
    struct hs_coarse coarse;
    double best_coarse;           /* likeness of the fingerprints, 0-1 */
    struct hs_fine fine;          /* of the longest stretch */
    struct hs_timeline line;      /* where it was found */
    struct hs_late late;          /* what the feed of the master takes back; n 0: nothing */
    struct hs_time_map late_line; /* the line with that, roughly */
};

/* Raised when what is found changes, here or in what it stands on (coarse, fine, wow, edits,
 * feeds): pairs are then compared anew, and stems, of which some are laid by it, fitted anew. */
unsigned long long hs_align_version(void);

/* *found: whether the waveforms meet; the fields under "found" hold only then, but for `coarse` and
 * `best_coarse`. An error only where a file cannot be read; `a` is freed by the caller even then.
 */
enum hs_status hs_align(struct hs_alignment *a, bool *found, struct hs_error *err);
/* Asked of what was found, where one filter explains one channel much better than the other: looks
 * for a late channel once more. *again: there is one, and all is found anew (*found as above). */
enum hs_status hs_align_by_channel(struct hs_alignment *a, bool *again, bool *found,
                                   struct hs_error *err);

/* How the master lay before it was looked for cuts alone. */
struct hs_alignment_was {
    struct hs_fine fine;
    struct hs_timeline line;
};

/* Asked of what was found, where the mix explains too little of the master along it: looks for cuts
 * whatever the windows say (music of loops agrees along several lines). *again: there are some, and
 * the line is theirs; `was` is then put back or freed by the caller, unless there was an error. */
enum hs_status hs_align_by_edits(struct hs_alignment *a, struct hs_alignment_was *was, bool *again,
                                 struct hs_error *err);
enum hs_status hs_align_put_back(struct hs_alignment *a, struct hs_alignment_was *was,
                                 struct hs_error *err);
void hs_alignment_was_free(struct hs_alignment_was *was);
void hs_align_free(struct hs_alignment *a);

#endif
