/* SPDX-License-Identifier: Apache-2.0 */
/* The low-pass that every interpolator and decimator of the program is made from. Pure. */
#ifndef HS_DSP_WINDOWED_SINC_H
#define HS_DSP_WINDOWED_SINC_H

/* A sinc with its edge at `cutoff` (1 is Nyquist), `t` samples from its middle, under a Kaiser
 * window that ends `half` samples from there (Kaiser 1974). A beta of 8 keeps what lies beyond
 * the edge below -80 dB, 9 below -90 dB. */
double hs_windowed_sinc(double t, double half, double cutoff, double beta);

/* The modified Bessel function of the first kind, order 0, of which Kaiser windows are made. */
double hs_bessel_i0(double x);

#endif
