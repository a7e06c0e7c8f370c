/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mixes that are to be released, as a list: on the first screen, and on the page of previews. A
 * mix is to be released where its track has no master. No function fails.
 */
#ifndef HS_REPORT_TO_BE_RELEASED_H
#define HS_REPORT_TO_BE_RELEASED_H

#include "report/pages.h"

size_t hs_n_to_be_released(const struct hs_pages *p);
/* At most `most` of them, in the order of the job; nothing where there are none. */
void hs_html_to_be_released(struct hs_pages *p, struct hs_html *h, size_t most);

#endif
