/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Standard output, where data goes: all of it, or a failure with a message.
 */
#ifndef HS_CORE_PRINT_H
#define HS_CORE_PRINT_H

#include "core/buf.h"
#include "core/error.h"

/* Opens what a careless caller closed: standard input and error lead to /dev/null, and
 * standard output to a place where writing fails. Nothing else may then get their numbers. */
void hs_print_prepare(void);
/* Writes to standard output; HS_E_IO where it is closed or full. */
enum hs_status hs_print(const void *data, size_t n, struct hs_error *err);

#endif
