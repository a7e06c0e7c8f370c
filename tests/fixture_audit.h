/* SPDX-License-Identifier: Apache-2.0 */
/* A finished audit made by hand, for tests of the report: names that want to break out,
 * every origin and state, files that could not be read. The same arguments give the same
 * audit. */
#ifndef HS_TESTS_FIXTURE_AUDIT_H
#define HS_TESTS_FIXTURE_AUDIT_H

#include "model/audit.h"

struct fixture {
    struct hs_audit audit;
    struct hs_job job;
};

struct fixture *fixture_make(size_t n_releases, size_t tracks_per_release);
/* With `prefix` before the ids of the rules, so that no title of the program's own rules
 * stands in the pages (for goldens). */
struct fixture *fixture_make_prefixed(size_t n_releases, size_t tracks_per_release,
                                      const char *prefix);
void fixture_free(struct fixture *f);

#endif
