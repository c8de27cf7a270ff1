package io.github.atleastonce.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextsTests {

    @Test
    void partsATextAtItsSemicolons() {
        assertThat(SqlTexts.split("a; b ;")).containsExactly("a", " b ");
        assertThat(SqlTexts.split(" ;; ")).isEmpty();
    }

    @Test
    void passesOverQuotationsAndComments() {
        assertThat(SqlTexts.split("a ';' \";\" -- ;\n /* ; */ $$;$$ $x$ ; $x$ b; c"))
                .containsExactly("a ';' \";\" -- ;\n /* ; */ $$;$$ $x$ ; $x$ b", " c");
    }

    @Test
    void takesParametersForWhatTheyAre() {
        assertThat(SqlTexts.split("a $1; b $2 '$'; c")).containsExactly("a $1", " b $2 '$'", " c");
    }

    @Test
    void takesWhatIsNotEndedAsAWhole() {
        assertThat(SqlTexts.split("a 'b; c")).containsExactly("a 'b; c");
    }
}
