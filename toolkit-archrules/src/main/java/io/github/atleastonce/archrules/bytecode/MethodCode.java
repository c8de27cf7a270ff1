package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The body of one method or lambda. Read once, then immutable in effect; not thread-safe. */
public final class MethodCode {

    private final MethodNode node;
    private final String owner;
    private final ControlFlow flow;
    private final Origins origins;
    private final List<Invocation> calls;

    MethodCode(String owner, MethodNode node, Envelopes envelopes) {
        this.node = node;
        this.owner = owner;
        OriginInterpreter interpreter = new OriginInterpreter();
        this.flow = ControlFlow.of(owner, node, interpreter);
        this.origins = new Origins(node, flow, interpreter, envelopes);
        this.calls = readCalls();
    }

    /**
     * Returns the method's name.
     *
     * @return the name as compiled
     */
    public String name() {
        return node.name;
    }

    /**
     * Returns the line with which the body ends.
     *
     * @return the largest line number in it, 0 if it has none
     */
    public int lastLine() {
        int last = 0;
        for (AbstractInsnNode insn : node.instructions) {
            if (insn instanceof LineNumberNode number) {
                last = Math.max(last, number.line);
            }
        }
        return last;
    }

    String key() {
        return node.name + node.desc;
    }

    /**
     * Returns the calls in the body, in the order of the bytecode, lambda bodies left out.
     *
     * @return the calls
     */
    public List<Invocation> calls() {
        return calls;
    }

    /**
     * Returns the constant text that a call is given, put together where it was too long for one constant.
     *
     * @param call one of {@link #calls()}
     * @return the text, or an empty one if not all of it is constant
     */
    public String constantTextOf(Invocation call) {
        StringBuilder text = new StringBuilder();
        for (AbstractInsnNode insn = node.instructions.get(call.position()).getPrevious();
                insn != null && isPartOfText(insn);
                insn = insn.getPrevious()) {
            if (insn instanceof LdcInsnNode constant) {
                text.insert(0, constant.cst);
            }
        }
        return text.toString();
    }

    /** A constant text, or what puts several into an array. */
    private static boolean isPartOfText(AbstractInsnNode insn) {
        if (insn instanceof LdcInsnNode constant) {
            return constant.cst instanceof String;
        }
        int opcode = insn.getOpcode();
        return opcode < 0
                || opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.SIPUSH
                || opcode == Opcodes.DUP
                || opcode == Opcodes.AASTORE
                || opcode == Opcodes.ANEWARRAY;
    }

    /**
     * Returns the catch blocks of the body, in the order in which they are tried.
     *
     * @return the catch blocks
     */
    public List<CatchBlock> catchBlocks() {
        return new CatchBlocks(node, flow, calls).read();
    }

    /**
     * Tells whether the body has no {@code throw}.
     *
     * @return whether it can only end by returning, as far as its own code goes
     */
    public boolean endsOnlyByReturning() {
        for (AbstractInsnNode insn : node.instructions) {
            if (insn.getOpcode() == Opcodes.ATHROW) {
                return false;
            }
        }
        return true;
    }

    /** The bodies of this class's own lambdas that this body makes, with the position at which each is made. */
    List<LambdaSite> lambdas() {
        List<LambdaSite> sites = new ArrayList<>();
        int position = 0;
        for (AbstractInsnNode insn : node.instructions) {
            if (insn instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle && handle.getOwner().equals(owner)) {
                        sites.add(new LambdaSite(handle.getName() + handle.getDesc(), position));
                    }
                }
            }
            position++;
        }
        return sites;
    }

    record LambdaSite(String key, int position) {}

    /**
     * Returns the branches that decide whether a call is reached.
     *
     * @param call one of {@link #calls()}
     * @return the decisions, in the order of the bytecode
     */
    public List<Decision> decisionsOn(Invocation call) {
        return decisions().on(call.position());
    }

    /**
     * Returns the calls on whose results, one after the other, a call is made.
     *
     * @param call one of {@link #calls()}
     * @return the calls, nearest first
     */
    public List<Invocation> leadingTo(Invocation call) {
        return decisions().leadingTo(call);
    }

    /**
     * Returns the calls whose results a call is made on or given.
     *
     * @param call one of {@link #calls()}
     * @return the calls, nearest first
     */
    public List<Invocation> comingInto(Invocation call) {
        return decisions().comingInto(call);
    }

    /**
     * Tells whether one call can follow another in one run, without an exception in between and without another round of a
     * loop that holds both.
     *
     * @param first one of {@link #calls()}
     * @param second another one
     * @return whether it can
     */
    public boolean canFollow(Invocation first, Invocation second) {
        return first.position() < second.position() && flow.follows(first.position(), second.position());
    }

    /**
     * Tells whether the result of a call is dropped.
     *
     * @param call one of {@link #calls()}
     * @return whether nothing looks at it
     */
    public boolean isDropped(Invocation call) {
        AbstractInsnNode next = node.instructions.get(call.position()).getNext();
        while (next.getOpcode() < 0) {
            next = next.getNext();
        }
        return next.getOpcode() == Opcodes.POP || next.getOpcode() == Opcodes.POP2;
    }

    /**
     * Returns the assignments to fields.
     *
     * @return the assignments, in the order of the bytecode
     */
    public List<Store> stores() {
        List<Store> stores = new ArrayList<>();
        for (AbstractInsnNode insn : node.instructions) {
            if (insn instanceof FieldInsnNode field && insn.getOpcode() == Opcodes.PUTFIELD) {
                stores.add(new Store(Type.getObjectType(field.owner).getClassName(), field.name, origins.stored(insn)));
            }
        }
        return stores;
    }

    /**
     * Returns the fields that the body sets to something made of what they held, or adds to.
     *
     * @return the assignments and additions, in the order of the bytecode, their values left out
     */
    public List<Store> accumulations() {
        return new Accumulations(node, flow).read();
    }

    /**
     * Returns what the body returns.
     *
     * @return where the result can come from
     */
    public Origin returned() {
        Origin returned = Origin.none();
        for (AbstractInsnNode insn : node.instructions) {
            if (insn.getOpcode() == Opcodes.ARETURN) {
                returned.add(origins.stored(insn));
            }
        }
        return returned;
    }

    private Decisions decisions() {
        return new Decisions(node, flow, calls);
    }

    /** Whether control can pass through both positions in one run without an exception in between. */
    boolean onOnePath(int first, int second) {
        return flow.reaches(first, second) || flow.reaches(second, first);
    }

    private List<Invocation> readCalls() {
        List<Invocation> found = new ArrayList<>();
        int line = 0;
        int position = 0;
        for (AbstractInsnNode insn : node.instructions) {
            if (insn instanceof LineNumberNode number) {
                line = number.line;
            } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
                reference(dynamic, line, position).ifPresent(found::add);
            } else if (insn instanceof MethodInsnNode call) {
                found.add(new Invocation(
                        Type.getObjectType(call.owner).getClassName(),
                        call.name,
                        call.desc,
                        line,
                        position,
                        origins.argumentsOf(call, call.desc),
                        castAfter(insn)));
            }
            position++;
        }
        return found;
    }

    /** A reference to a method, {@code events::publish}, counts as a call with arguments of the types that it will be given. */
    private static Optional<Invocation> reference(InvokeDynamicInsnNode dynamic, int line, int position) {
        if (dynamic.bsmArgs.length < 3
                || !(dynamic.bsmArgs[1] instanceof Handle handle)
                || !(dynamic.bsmArgs[2] instanceof Type given)
                || handle.getName().startsWith("lambda$")) {
            return Optional.empty();
        }
        int wanted = Type.getArgumentTypes(handle.getDesc()).length;
        List<Type> types = List.of(given.getArgumentTypes());
        List<Origin> arguments = new ArrayList<>();
        for (Type type : types.subList(Math.max(0, types.size() - wanted), types.size())) {
            Origin argument = Origin.none();
            argument.types().add(type.getClassName());
            arguments.add(argument);
        }
        return arguments.size() != wanted
                ? Optional.empty()
                : Optional.of(new Invocation(
                        Type.getObjectType(handle.getOwner()).getClassName(),
                        handle.getName(),
                        handle.getDesc(),
                        line,
                        position,
                        arguments,
                        ""));
    }

    private static String castAfter(AbstractInsnNode call) {
        return call.getNext() instanceof TypeInsnNode type && type.getOpcode() == Opcodes.CHECKCAST
                ? Type.getObjectType(type.desc).getClassName()
                : "";
    }
}
