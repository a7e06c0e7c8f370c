/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One self-contained file, to be mailed: the first screen, the short list, and the listed tracks
 * with their clips as far as mail takes them. It asks for nothing over the network, and has a
 * policy that names its scripts. Appends to `h`; never fails: a clip that cannot be read is left
 * out.
 */
#ifndef HS_REPORT_SINGLE_H
#define HS_REPORT_SINGLE_H

#include "report/pages.h"

void hs_single_put(struct hs_pages *p, struct hs_html *h);

#endif
