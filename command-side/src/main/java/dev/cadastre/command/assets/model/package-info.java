/** The asset: its state, its lifecycle and the rules for what may be recorded of it. */
@NullMarked
package dev.cadastre.command.assets.model;

import org.jspecify.annotations.NullMarked;
