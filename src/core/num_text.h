/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as text, in C syntax whatever the locale. Pure. */
#ifndef HS_CORE_NUM_TEXT_H
#define HS_CORE_NUM_TEXT_H

/* Shortest decimal text that reads back as the same double; "null" for NaN and Inf. */
enum { HS_NUM_TEXT = 32 };
const char *hs_num_text(char out[HS_NUM_TEXT], double x);
/* Rounded to `digits` behind the point, minus zero avoided; an en dash never. */
const char *hs_num_fixed(char out[HS_NUM_TEXT], double x, int digits);
/* A share in millionths ("ppm") of a thousand and more is turned into "%", which is what people
 * read: *x and *digits are changed, and the unit to put is returned. Others stay as they are. */
const char *hs_num_readable(double *x, int *digits, const char *unit);

#endif
