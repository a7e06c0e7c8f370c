/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The digest: what is new, worse, resolved or gone since the last run, sorted by its cause: the
 * music, the program, or the reference model ("yardstick" in digest.json). A finding counts as
 * resolved only half an audible step inside its limit, so that a value near the limit does not come
 * and go.
 */
#ifndef HS_RUN_DIGEST_H
#define HS_RUN_DIGEST_H

#include "core/buf.h"
#include "model/audit.h"
#include "store/store.h"

enum hs_change_cause { HS_BY_MUSIC, HS_BY_PROGRAM, HS_BY_REFERENCE_MODEL, HS_N_CAUSES };
enum hs_change_kind { HS_CHANGE_NEW, HS_CHANGE_WORSE, HS_CHANGE_RESOLVED, HS_N_CHANGES };

struct hs_change {
    enum hs_change_cause cause;
    enum hs_change_kind kind;
    const char *track, *rule;
    enum hs_severity before, now;
};

struct hs_digest {
    bool first;                                                  /* there was no run before */
    const char **new_tracks, **changed_tracks, **removed_tracks; /* ids */
    size_t n_new, n_changed, n_removed;
    struct hs_change *changes;
    size_t n_changes, cap;
    const char **listed, **unlisted; /* ids that came onto the short list, and left it */
    size_t n_listed, n_unlisted;
    size_t n_findings, n_tracks; /* that stand now */
};

/* The run record of an audit; findings near the limit are carried over from `before`. */
void hs_run_of_audit(const struct hs_audit *audit, const struct hs_run *before, struct hs_arena *a,
                     struct hs_run *out);
void hs_digest_make(const struct hs_run *before, const struct hs_run *now, struct hs_arena *a,
                    struct hs_digest *out);
/* The worst severity among new and worse findings. */
enum hs_severity hs_digest_worst(const struct hs_digest *d);
bool hs_digest_quiet(const struct hs_digest *d); /* nothing changed */

#endif
