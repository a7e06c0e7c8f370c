/* SPDX-License-Identifier: Apache-2.0 */
/* What is measured of the files of a job. */
#ifndef HS_RUN_GATHER_MEASURE_H
#define HS_RUN_GATHER_MEASURE_H

#include "run/gather.h"

/* What is not known of each file whose hash is known. */
enum hs_status hs_gather_measures(struct hs_gather *g, struct hs_error *err);
/* The files alone: hashes, then measures. */
enum hs_status hs_gather_files(struct hs_gather *g, struct hs_error *err);

#endif
