/** What is measured, beside its limits, in one run. */
@NullMarked
package dev.cadastre.benchmarks;

import org.jspecify.annotations.NullMarked;
