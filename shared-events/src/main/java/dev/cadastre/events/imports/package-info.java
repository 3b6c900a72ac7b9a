/** The record that an import leaves. */
@NullMarked
package dev.cadastre.events.imports;

import org.jspecify.annotations.NullMarked;
