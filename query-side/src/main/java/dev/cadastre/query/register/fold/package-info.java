/** How events become states: pure functions, shared by everything that asks what was true. */
@NullMarked
package dev.cadastre.query.register.fold;

import org.jspecify.annotations.NullMarked;
