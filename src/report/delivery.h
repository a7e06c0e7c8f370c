/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The delivery sheet of a verified master: what to upload, in place of what, with format, length,
 * loudness and code. On the page of its plan, on that of `verify`, and for all of them as a table
 * for whoever uploads (OUT/verify/delivery.csv). A track is only told of where `verify` found its
 * whole plan carried out.
 */
#ifndef HS_REPORT_DELIVERY_H
#define HS_REPORT_DELIVERY_H

#include "core/buf.h"
#include "model/audit.h"
#include "report/html.h"

/* Nothing where the track has no verified master. */
void hs_html_delivery(struct hs_html *h, const struct hs_audit *audit,
                      const struct hs_track_result *t);

/* One row per verified master, in the order of the job; returns how many. */
size_t hs_delivery_csv_put(const struct hs_audit *audit, struct hs_buf *out);

#endif
