package dev.cadastre.query.shared.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BodyDifferenceTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void equal_bodies_do_not_differ() {
        String body = "{'id':'a','attributes':{'x':1},'relations':[{'type':'t','to':'b'}]}";
        assertThat(between(body, body).isEmpty()).isTrue();
    }

    @Test
    void a_member_of_an_object_is_a_field_of_its_own() {
        assertThat(
                        between(
                                        "{'attributes':{'gone':true,'same':1,'x':1}}",
                                        "{'attributes':{'new':'n','same':1,'x':2}}")
                                .fields())
                .containsExactly(
                        new FieldChange("/attributes/gone", json("true"), null),
                        new FieldChange("/attributes/new", null, json("'n'")),
                        new FieldChange("/attributes/x", json("1"), json("2")));
    }

    @Test
    void a_whole_object_that_appears_is_told_member_by_member() {
        assertThat(between("{}", "{'purchase':{'cost':{'amount':'1','currency':'EUR'}}}").fields())
                .extracting(FieldChange::field)
                .containsExactly("/purchase/cost/amount", "/purchase/cost/currency");
    }

    @Test
    void an_array_is_one_field_and_its_order_counts() {
        assertThat(between("{'attributes':{'a':[1,2]}}", "{'attributes':{'a':[2,1]}}").fields())
                .containsExactly(new FieldChange("/attributes/a", json("[1,2]"), json("[2,1]")));
    }

    @Test
    void a_value_that_changes_its_type_differs() {
        assertThat(between("{'x':'1'}", "{'x':1}").fields()).hasSize(1);
        assertThat(between("{'x':true}", "{'x':1}").fields()).hasSize(1);
    }

    @Test
    void relations_are_compared_as_a_set() {
        BodyDifference difference =
                between(
                        "{'relations':[{'type':'t','to':'a'},{'type':'t','to':'b'}]}",
                        "{'relations':[{'type':'t','to':'c'},{'type':'t','to':'a'}]}");
        assertThat(difference.fields()).isEmpty();
        assertThat(difference.relationsAdded()).isEqualTo(List.of(json("{'type':'t','to':'c'}")));
        assertThat(difference.relationsRemoved()).isEqualTo(List.of(json("{'type':'t','to':'b'}")));
    }

    @Test
    void which_body_it_is_is_no_content() {
        assertThat(
                        between(
                                        "{'version':1,'validFrom':'a','recordedFrom':'b','position':7}",
                                        "{'version':2,'validFrom':'c','recordedFrom':'d','position':9}")
                                .isEmpty())
                .isTrue();
    }

    @Test
    void a_name_with_slash_and_tilde_is_escaped_in_its_pointer() {
        assertThat(between("{}", "{'attributes':{'a/b~c':1}}").fields())
                .extracting(FieldChange::field)
                .containsExactly("/attributes/a~1b~0c");
    }

    @Test
    void a_thing_that_appears_has_every_field_added_and_one_that_goes_every_field_removed() {
        String body = "{'id':'a','class':'c','relations':[{'type':'t','to':'b'}]}";
        BodyDifference added = between(null, body);
        assertThat(added.fields()).allMatch(change -> change.before() == null).hasSize(1);
        assertThat(added.relationsAdded()).hasSize(1);
        BodyDifference removed = between(body, null);
        assertThat(removed.fields()).allMatch(change -> change.after() == null).hasSize(1);
        assertThat(removed.relationsRemoved()).hasSize(1);
    }

    private static BodyDifference between(@Nullable String before, @Nullable String after) {
        return BodyDifference.between(
                before == null ? null : json(before), after == null ? null : json(after));
    }

    private static JsonNode json(String text) {
        return MAPPER.readTree(text.replace('\'', '"'));
    }
}
