/** A fictional company's estate, so that a first look has something to look at. */
@NullMarked
package dev.cadastre.standalone.demo;

import org.jspecify.annotations.NullMarked;
