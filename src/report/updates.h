/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of `verify`: before, planned and after of every correction, and what else moved. It
 * stands in the report's folder beside the report (OUT/verify.html, OUT/verify/), outside of what
 * was published, and is written anew each time. Files are replaced one by one; the first that
 * cannot be written ends it.
 */
#ifndef HS_REPORT_UPDATES_H
#define HS_REPORT_UPDATES_H

#include "catalogue/verification.h"
#include "core/error.h"
#include "report/clips.h"

#define HS_UPDATES_FOLDER "verify"

/* `clips` were made in OUT/verify. */
enum hs_status hs_report_updates(const struct hs_audit *audit,
                                 const struct hs_verification *updates, size_t n,
                                 const struct hs_clips *clips, const char *out,
                                 struct hs_error *err);

#endif
