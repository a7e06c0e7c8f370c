/* SPDX-License-Identifier: Apache-2.0 */
/* The manual page and the list of job keys, made from the tables. */
#ifndef HS_CLI_MANUAL_H
#define HS_CLI_MANUAL_H

#include "core/buf.h"

void hs_manual_put(struct hs_buf *out); /* mdoc */
void hs_keys_put(struct hs_buf *out);   /* the job's keys as Markdown, for docs/ */

#endif
