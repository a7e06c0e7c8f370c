/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The round of gathering that masters mixes in house (run/previews.h says which). A failure of
 * one mix is unfinished work, told in `g`.
 */
#ifndef HS_RUN_GATHER_PREVIEWS_H
#define HS_RUN_GATHER_PREVIEWS_H

#include "run/gather.h"

/* What the job asks for; files and pairs have been gathered. */
enum hs_status hs_gather_previews(struct hs_gather *g, const struct hs_job *job,
                                  struct hs_error *err);

#endif
