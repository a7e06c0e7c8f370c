/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scalars of a job file that is written, so that they read back as the same text. Never fails.
 */
#ifndef HS_JOB_YAML_TEXT_H
#define HS_JOB_YAML_TEXT_H

#include "core/buf.h"

#include <stdbool.h>

/* A scalar that reads back as `text`: plain where every YAML reader takes it for text,
 * else in double quotes. `flow`: inside of [] or {}. Ill-formed bytes become U+FFFD. */
void hs_yaml_put_text(struct hs_buf *out, const char *text, bool flow);

#endif
