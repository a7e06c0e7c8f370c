/* SPDX-License-Identifier: Apache-2.0 */
/* Speeds that come of a file or a record that is played at another rate than it was made at. */
#ifndef HS_PAIR_SPEED_H
#define HS_PAIR_SPEED_H

/* "44.1 kHz played as 48 kHz"; NULL where this speed, over the right one, has no such cause. */
const char *hs_speed_cause(double ratio);

#endif
