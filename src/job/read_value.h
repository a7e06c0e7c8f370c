/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Readers of single values of a job file: text, numbers, words of a fixed set. What does not fit
 * becomes a problem with line and column, and the field gets the value for "not said". Texts
 * live in the arena of the job.
 */
#ifndef HS_JOB_READ_VALUE_H
#define HS_JOB_READ_VALUE_H

#include "job/schema.h"

HS_READER(hs_read_text);
HS_READER(hs_read_year);
HS_READER(hs_read_count);
HS_READER(hs_read_amount);
HS_READER(hs_read_flag);
HS_READER(hs_read_share);
HS_READER(hs_read_version);
HS_READER(hs_read_isrc);
HS_READER(hs_read_id);
HS_READER(hs_read_recall);
HS_READER(hs_read_profile);
HS_READER(hs_read_answer);
HS_READER(hs_read_times);

/* Text of a value that must be well-formed; NULL (and a problem) where it is not text,
 * NULL alone where nothing was written. */
const char *hs_schema_text(struct hs_load *l, const struct hs_job_key *key,
                           const struct hs_node *value);
/* A finite number within [low, high]. */
bool hs_schema_number(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value,
                      double low, double high, double *out);
/* A rule id that is known (any, where no rules were given). */
bool hs_schema_is_rule(struct hs_load *l, const struct hs_node *key);

#endif
