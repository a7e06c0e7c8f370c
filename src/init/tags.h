/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stream facts and tags of what was found. A file that cannot be read keeps its reason in
 * `error`.
 */
#ifndef HS_INIT_TAGS_H
#define HS_INIT_TAGS_H

#include "core/error.h"
#include "init/archive.h"

/* Of all takes, through the pool: a file that ends the worker is set aside with its reason.
 * HS_E_INTERRUPTED, or HS_OK. */
enum hs_status hs_init_tags(struct hs_archive *in, struct hs_error *err);

#endif
