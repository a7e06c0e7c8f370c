/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `--version` says: this program and the libraries and encoders its results depend on, as
 * they are loaded now. One line each, appended to `out`.
 */
#ifndef HS_CLI_VERSIONS_H
#define HS_CLI_VERSIONS_H

#include "core/buf.h"

/* One line each. */
void hs_versions_put(struct hs_buf *out);

#endif
