/* SPDX-License-Identifier: Apache-2.0 */
/* The last section of the page of a track: charts, measures, rules that found nothing, files. */
#ifndef HS_REPORT_TRACK_NUMBERS_H
#define HS_REPORT_TRACK_NUMBERS_H

#include "report/pages.h"

/* A master that could not be read has its files alone, and what was not judged. */
void hs_html_track_numbers(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);

#endif
