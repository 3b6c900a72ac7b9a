package dev.cadastre.query.fixtureother.view;

import dev.cadastre.query.fixture.view.ViewRow;

/** A view must not use another view. */
public record OtherRow(ViewRow row) {}
