package io.github.atleastonce.saga;

import io.github.atleastonce.run.Life;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Does a step and undoes it, each once; answers again whatever it has answered. What was undone is not done any more, even if it had not been done yet. */
final class Participant {

    private final Life life;
    private final Map<String, Object> answers;

    Participant(Life life, Map<String, Object> answers) {
        this.life = life;
        this.answers = answers;
    }

    void reserve(String order, Object answer) {
        answer(order, before -> before == null ? answer : before);
    }

    /** Undoes, but what it had refused. */
    void release(String order, Object answer, Predicate<Object> refused) {
        answer(order, before -> before != null && refused.test(before) ? before : answer);
    }

    private void answer(String order, UnaryOperator<Object> next) {
        Object answer = life.step("commit", () -> answers.compute(order, (id, before) -> next.apply(before)));
        life.send("replies", order, answer);
    }
}
