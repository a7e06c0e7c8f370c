/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file and a pair as JSON, with their measures by the tables (model/measure.h), "bounds" for
 * known errors, and "absent" with the reason of each measure that is not there. No function
 * fails.
 */
#ifndef HS_REPORT_JSON_FILE_H
#define HS_REPORT_JSON_FILE_H

#include "report/json.h"

void hs_json_put_file(struct hs_json *j, const char *key, const struct hs_file *file);
void hs_json_put_pair(struct hs_json *j, const char *key, const struct hs_pair *pair);
void hs_json_file(const struct hs_file *file, struct hs_buf *out); /* path status error measures */
/* The same with "survival", where destinations (model/survival.h) are asked for. */
void hs_json_file_asked(const struct hs_file *file, unsigned destinations, struct hs_buf *out);
void hs_json_pair(const struct hs_pair *pair, struct hs_buf *out);

#endif
