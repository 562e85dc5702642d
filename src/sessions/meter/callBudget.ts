/** How a day's calls stand against the budget of an instance. */
export type BudgetState = 'none' | 'within' | 'nearlySpent' | 'spent';

const WARN_SHARE = 0.8;

/** A budget of 0 is none. Nearly spent from 80 % on; at 100 % timers stop. */
export function budgetState(callsToday: number, budget: number): BudgetState {
  if (budget <= 0) return 'none';
  if (callsToday >= budget) return 'spent';
  return callsToday >= budget * WARN_SHARE ? 'nearlySpent' : 'within';
}
