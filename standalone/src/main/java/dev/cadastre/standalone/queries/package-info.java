/** Commands that ask a running server about its register, now or then. */
@NullMarked
package dev.cadastre.standalone.queries;

import org.jspecify.annotations.NullMarked;
