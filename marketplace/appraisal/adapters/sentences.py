"""The refusals and warnings of `valuation` in the reader's language, by subject.

The subjects are those of `valuation.sentences`; a test compares the codes.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: Mapping[str, str | Promise] = {
    # Cost
    "amount-missing": gettext_lazy("No cost is given. Give at least one cost component."),
    "costs-twice": gettext_lazy(
        "The costs are given twice, as %(given)s. Give them in one form, or the same money counts "
        "twice."
    ),
    "delta-twice": gettext_lazy(
        "The value adjustment is given twice: by itself and through %(given)s. Give it once."
    ),
    "index-missing": gettext_lazy(
        "The price index has no value for the period %(period)s. Add it to the index."
    ),
    "negative-component": gettext_lazy(
        "“%(field)s” is %(given)s. A cost is 0 or more: give the amount without the sign, or leave "
        "it out."
    ),
    "negative-delta": gettext_lazy(
        "The value adjustment is %(given)s. Give 0 or more: 1 leaves the cost as it is."
    ),
    "remaining-life-too-long": gettext_lazy(
        "The remaining life of %(remaining)s years is longer than the whole life of %(total)s "
        "years. Give a remaining life that is at most the whole life."
    ),
    # Income
    "first-period-too-long": gettext_lazy(
        "The first period ends on %(given)s, more than a year after the valuation date. Give the "
        "end of the period in which the valuation date lies."
    ),
    "income-beyond-right": gettext_lazy(
        "The income presupposes the right to %(needed)s, but what is held is the right to "
        "%(held)s. Leave that income out, or value the right from which it comes."
    ),
    "income-missing": gettext_lazy(
        "No income is given. Give the income of each year, direct or by one of the other models."
    ),
    "life-too-long": gettext_lazy("“%(field)s” is %(given)s years. Give at most %(most)s."),
    "tax-basis-mismatch": gettext_lazy(
        "The flows are %(flow)s and the discount rate is %(rate)s. Take both before or both after "
        "income tax, or the value is wrong by about the tax."
    ),
    # Infonomics
    "models-never-added": gettext_lazy(
        "A total of infonomics models is asked for. IVI, BVI and PVI are indices and no money, and "
        "CVI, MVI and EVI see the same data from three sides: read each by itself."
    ),
    "model-missing": gettext_lazy(
        "No model is complete. Give the inputs of one of IVI, BVI, PVI, CVI, MVI and EVI."
    ),
    # Inputs, whatever the method
    "currency-unknown": gettext_lazy(
        "The currency %(given)s is not understood. Give three capital letters, such as CNY."
    ),
    "dates-reversed": gettext_lazy(
        "The day in %(second)s is not after the day in %(first)s. Exchange or correct them."
    ),
    "date-unreadable": gettext_lazy(
        "“%(field)s” is %(given)s, which is no day. Write year-month-day, such as 2025-09-30."
    ),
    "duplicate-key": gettext_lazy("The key %(key)s stands twice in the inputs. Keep one of them."),
    "field-missing": gettext_lazy("“%(field)s” is missing. Fill it in."),
    "field-twice": gettext_lazy(
        "Both %(first)s and %(second)s are given, and they say the same or exclude each other. "
        "Give one of them."
    ),
    "field-unknown": gettext_lazy("“%(field)s” is not an input of this method. Leave it out."),
    "finite-life-required": gettext_lazy(
        "“%(field)s” gives no finite life above 0. Data does not earn for ever: give a finite "
        "number of years, the least of legal term, contract, timeliness and product cycle."
    ),
    "input-unreadable": gettext_lazy("The inputs cannot be read as %(kind)s. Send them anew."),
    "no-amount": gettext_lazy(
        "The method %(method)s answers no amount of money. Choose one that values, such as cost."
    ),
    "life-not-positive": gettext_lazy("“%(field)s” is %(given)s. Give more than 0 years."),
    "negative-value": gettext_lazy("“%(field)s” is %(given)s. Give 0 or more."),
    "not-a-list": gettext_lazy("“%(field)s” is not a list. Give a list of entries."),
    "not-a-number": gettext_lazy(
        "“%(field)s” is %(given)s, which is not a number. Write digits with a point, such as "
        "1250.50."
    ),
    "not-an-object": gettext_lazy("“%(field)s” is not an object. Give names with their values."),
    "not-a-truth": gettext_lazy("“%(field)s” is %(given)s. Say yes or no."),
    "not-one-of": gettext_lazy("“%(field)s” is %(given)s. Give one of: %(allowed)s."),
    "not-positive": gettext_lazy("“%(field)s” is %(given)s. Give more than 0."),
    "not-text": gettext_lazy("“%(field)s” is not a text. Give a text that is not empty."),
    "number-out-of-range": gettext_lazy(
        "The number in “%(field)s” is too large or has too many digits. Give at most 18 digits "
        "before the point and 20 after it."
    ),
    "series-length": gettext_lazy(
        "“%(field)s” has %(given)s values where there are %(expected)s periods. Give one value for "
        "each period."
    ),
    "series-too-long": gettext_lazy(
        "“%(field)s” has more than %(most)s values. Give at most that many."
    ),
    "share-out-of-range": gettext_lazy("“%(field)s” is %(given)s. Give a share from 0 to 1."),
    "stored-result-unreadable": gettext_lazy(
        "What is stored of this valuation cannot be computed again. Draft a new valuation."
    ),
    "unknown-method": gettext_lazy(
        "There is no valuation method %(given)s. Choose one of the list."
    ),
    # Market
    "comparables-missing": gettext_lazy(
        "No comparable is given. Give past transactions with their prices."
    ),
    "currencies-mixed": gettext_lazy(
        "“%(field)s” is %(given)s where the rest is in %(expected)s. Currencies are never mixed: "
        "convert it at the rate of its day, and say so in its source."
    ),
    "date-index-inverted": gettext_lazy(
        "The date coefficient is %(given)s, which is the index upside down. It is the index on the "
        "valuation date divided by that on the day of the transaction: %(expected)s."
    ),
    # Options
    "above-sense": gettext_lazy(
        "“%(field)s” is %(given)s. Give at most %(most)s: rates are ratios a year."
    ),
    "option-never-added": gettext_lazy(
        "An option value is never added to the static net present value, which it holds already. "
        "Read both beside each other."
    ),
    # Pricing
    "high-below-low": gettext_lazy(
        "Group %(number)s of the buyers would pay %(high)s for the high version and %(low)s for "
        "the low one. Name the versions so that the high one is worth as much or more to everybody."
    ),
    "menu-arbitrage": gettext_lazy(
        "The offer %(target)s at %(price)s can be had for %(cost)s by buying %(purchase)s. Lower "
        "its price to %(cost)s at most, or raise the others."
    ),
    "menu-too-intricate": gettext_lazy(
        "The %(count)s offers of the menu are too intricate to be searched for arbitrage. Give "
        "fewer offers, or rounder numbers."
    ),
    "price-above-ceiling": gettext_lazy(
        "The price %(price)s is above the ceiling. Give a price of %(ceiling)s at most."
    ),
    "pricing-form-missing": gettext_lazy(
        "It cannot be told what is to be priced. Give one of: %(forms)s."
    ),
    "public-use-is-free": gettext_lazy(
        "The price is %(price)s, but public data for public governance and public welfare is free. "
        "Give the price 0."
    ),
    "query-not-covered": gettext_lazy(
        "No priced view holds %(columns)s. Give a view with a price for it, or leave it out of the "
        "query."
    ),
    "tiers-not-rising": gettext_lazy(
        "Tier %(number)s ends at %(given)s, which is not above the tier before it. Give the tiers "
        "from the lowest limit to the highest, and only the last without one."
    ),
    "usage-beyond-tiers": gettext_lazy(
        "The usage %(usage)s goes beyond the last tier, which ends at %(limit)s. Add a tier "
        "without an end."
    ),
    # Quality
    "check-impossible": gettext_lazy(
        "The quality check %(rule)s says that %(passed)s of %(total)s passed. Give whole numbers "
        "with at least 1 in total and at most the total passed."
    ),
    "quality-column-unknown": gettext_lazy("The table has no column %(column)s. Choose another."),
    "quality-dimension-unknown": gettext_lazy(
        "The quality dimension %(given)s is not known. Choose one of GB/T 36344."
    ),
    "quality-dimension-unchecked": gettext_lazy(
        "The quality dimension %(dimension)s has a weight but no check. Add a check or give it the "
        "weight 0."
    ),
    "quality-row-ragged": gettext_lazy(
        "Row %(row)s has %(given)s cells where the table has %(expected)s columns. Mend that row."
    ),
    "quality-weights-sum": gettext_lazy(
        "The quality weights add up to %(given)s. Change them so that they add up to 1."
    ),
    # Reconcile
    "no-approach": gettext_lazy(
        "%(method)s is no approach to a value: it stands beside one and is never weighed with it. "
        "Leave it out."
    ),
    "reason-missing": gettext_lazy(
        "The result of %(method)s has a weight without a reason. Write down why it counts for so "
        "much: an average without reasons is no conclusion."
    ),
    "results-too-few": gettext_lazy(
        "There are %(given)s results to reconcile. Give two or more; one alone needs no weights."
    ),
    "results-unlike": gettext_lazy(
        "The results differ in “%(field)s”: %(first_given)s and %(other_given)s. Only values of "
        "the same right, for the same purpose, on the same date can be weighed against each other."
    ),
    # Shares of owners
    "game-missing": gettext_lazy(
        "It is not told what the owners are worth together. Give one of: %(forms)s."
    ),
    "missing-coalition": gettext_lazy(
        "The table does not tell what %(coalition)s are worth together. Add that coalition."
    ),
    "price-not-in-cents": gettext_lazy(
        "The price %(price)s has parts of the smallest unit of its currency. Give it with "
        "%(places)s decimal places at most."
    ),
    "shares-impossible": gettext_lazy(
        "The joint price cannot be divided: an owner's contribution is below 0, or all are 0. "
        "Leave out owners who take away from the whole, and give what the others are worth."
    ),
    # Statistical
    "shares-reversed": gettext_lazy(
        "In %(field)s the upper share is below the lower one. Exchange them."
    ),
    "statistics-missing": gettext_lazy(
        "Nothing to compute is given. Give occupations, an investment series, or a first and a "
        "last value."
    ),
    "years-out-of-range": gettext_lazy(
        "“%(field)s” is %(given)s years. Give the years between, from 0.01 to %(most)s."
    ),
    # Uncertainty
    "correlation-impossible": gettext_lazy(
        "The entry in row %(row)s column %(column)s of “%(field)s” cannot be a correlation. Give a "
        "symmetric matrix with 1 on the diagonal and numbers from -1 to 1."
    ),
    "distribution-impossible": gettext_lazy(
        "There is no %(kind)s distribution with %(given)s in “%(field)s”. Give the lowest, the "
        "likeliest and the highest in this order, and a spread of 0 or more that keeps the values "
        "to amounts of money."
    ),
    "draws-out-of-range": gettext_lazy(
        "%(given)s draws are asked for. Give a number from %(least)s to %(most)s."
    ),
    "not-positive-definite": gettext_lazy(
        "No inputs can be correlated as “%(field)s” says: row %(row)s contradicts the rows above "
        "it. Bring its numbers closer to 0."
    ),
    "rate-can-reach-minus-one": gettext_lazy(
        "The discount rate in “%(field)s” can fall to -1 or below, which is no rate. Give a "
        "distribution with a least value above -1, such as triangular."
    ),
    "tornado-input-unknown": gettext_lazy(
        "The inputs of the method hold no number at %(name)s. Name one that they hold, with points "
        "between the parts of its path."
    ),
    "tornado-method": gettext_lazy(
        "The method %(method)s has no closed form with one figure to watch. Choose one that values."
    ),
    "tornado-output": gettext_lazy(
        "The method answers no number %(output)s. Choose one of: %(known)s."
    ),
    "tornado-refused": gettext_lazy(
        "With %(name)s at %(given)s the method refuses: %(refusal)s Change the low or the high "
        "of this input."
    ),
    # Weighting
    "inconsistent-judgements": gettext_lazy(
        "The judgements contradict each other: CR is %(ratio)s, and less than 0.10 is needed. "
        "Compare the items with the largest differences again."
    ),
    "item-twice": gettext_lazy(
        "The name %(name)s stands twice in “%(field)s”. Give each name once."
    ),
    "names-do-not-fit": gettext_lazy(
        "“%(field)s” has %(given)s entries where %(expected)s are needed. Give one for each."
    ),
    "not-reciprocal": gettext_lazy(
        "In “%(field)s”, row %(row)s column %(column)s is %(given)s and row %(column)s column "
        "%(row)s is %(other)s. One has to be 1 divided by the other: write 1/3 opposite 3, and 1 "
        "on the diagonal."
    ),
    "not-square": gettext_lazy(
        "The matrix “%(field)s” has %(rows)s rows, and row %(row)s has %(columns)s entries. Give "
        "as many entries in each row as there are rows."
    ),
    "quality-date-missing": gettext_lazy(
        "A rule compares dates with the day of the assessment. Give that day as YYYY-MM-DD."
    ),
    "quality-rule-unclear": gettext_lazy(
        "The quality rule %(given)s for %(dimension)s is not understood. Write it as one of: "
        "%(allowed)s."
    ),
    "quality-weights-missing": gettext_lazy(
        "Neither weights nor a matrix of comparisons is given. Give weights that add up to 1, or a "
        "matrix of judgements."
    ),
    "random-index-unknown": gettext_lazy(
        "There is no random index for %(given)s items in Saaty's table. Give one above 0, or "
        "compare at most 15 items at once."
    ),
    "too-many-items": gettext_lazy(
        "“%(field)s” has %(given)s entries. Give at most %(most)s, and at least one."
    ),
    "weights-sum": gettext_lazy(
        "The weights in “%(field)s” add up to %(given)s. Change them so that they add up to 1."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    # Cost
    "cost-basis-unstated": gettext_lazy(
        "It is not stated at which prices the costs are. Say whether they are at prices of the "
        "valuation date, or restate them by a price index."
    ),
    "delta-unstated": gettext_lazy(
        "Only the replacement cost is answered. It is no value before it is adjusted: give the "
        "quality coefficient, the remaining and the whole life."
    ),
    "delta-without-justification": gettext_lazy(
        "The value adjustment %(delta)s is above 1 and nothing says why. Write down the reason, "
        "such as scarcity."
    ),
    "historic-cost": gettext_lazy(
        "The costs are historic. A cost approach asks what the data would cost to replace at the "
        "valuation date: restate them by a price index."
    ),
    "price-index-falls": gettext_lazy(
        "The price index falls from %(then)s in %(period)s to %(now)s in %(valuation_period)s. "
        "Check that it is not inverted."
    ),
    # Income
    "flow-negative": gettext_lazy(
        "The flow is negative in the periods %(periods)s: there the data costs more than it earns. "
        "Check income and charges of these periods."
    ),
    "life-cuts-income": gettext_lazy(
        "Income after the economic life of %(years)s years is left out. Check the limit that binds."
    ),
    "quality-twice": gettext_lazy(
        "Bad quality lowers the value twice: by the quality coefficient and by a premium in the "
        "discount rate. Leave one of them out."
    ),
    "split-rate-constant": gettext_lazy(
        "The data’s share of the income stays the same in all periods. Data ages: let the share "
        "fall, or write down why it does not."
    ),
    "split-rate-rises": gettext_lazy(
        "The data’s share of the income rises in period %(period)s. Data ages: let the share fall, "
        "or write down why it rises."
    ),
    "tax-basis-half-stated": gettext_lazy(
        "Only one of the two is stated: whether the flows, and whether the discount rate, are "
        "before or after income tax. State both."
    ),
    "tax-benefit-not-deductible": gettext_lazy(
        "The amortization cannot be deducted from the purchaser’s tax, so no tax amortization "
        "benefit is added."
    ),
    "tax-benefit-unstated": gettext_lazy(
        "It is not stated whether the purchaser may deduct the amortization; the benefit is added "
        "as if so. Say yes or no."
    ),
    "value-negative": gettext_lazy(
        "The flows are together worth less than nothing. That is no value of the data: it does not "
        "pay its holder. Check the costs and charges, or do not value by this approach."
    ),
    # Infonomics
    "models-side-by-side": gettext_lazy(
        "Several models are answered. They stand side by side: never add them up, and never "
        "average an index with money."
    ),
    "model-negative": gettext_lazy(
        "A figure is below 0: the data brought less than it cost, or made a figure worse. Check "
        "the inputs before concluding so."
    ),
    # Inputs, whatever the method
    "currency-unstated": gettext_lazy(
        "No currency is given, so the figures are numbers and no money. Give the currency."
    ),
    # Market
    "comparables-unweighted": gettext_lazy(
        "No weights are given, so each comparable counts the same. Give weights that add up to 1, "
        "with more for what resembles the data more."
    ),
    "date-index-falls": gettext_lazy(
        "The date coefficient of comparable %(place)s is %(factor)s, below 1: prices would have "
        "fallen since. Check that it is not inverted."
    ),
    "few-comparables": gettext_lazy(
        "The value rests on %(given)s comparables, where the market approach asks for three at "
        "least. Look for others, or do not value by this approach alone."
    ),
    "single-comparable": gettext_lazy(
        "The value rests on one single comparable. Look for others, or do not value by this "
        "approach alone."
    ),
    # Options
    "option-beside-static": gettext_lazy(
        "The option value stands beside the static net present value: never quote it alone and "
        "never add the two."
    ),
    "sigma-without-evidence": gettext_lazy(
        "Nothing says where the volatility comes from, and the value follows from it. Write down "
        "the evidence, such as comparables or a simulation."
    ),
    # Pricing
    "arbitrage": gettext_lazy(
        "The offer %(target)s at %(price)s can be had for %(cost)s by buying %(purchase)s. Nobody "
        "will pay its price: lower it to %(cost)s at most, or raise the others."
    ),
    "excess-revenue": gettext_lazy(
        "%(excess)s were earned above the permitted maximum. They are deducted in the next period."
    ),
    "tier-price-rises": gettext_lazy(
        "The price of tier %(number)s is above the tier before it. A buyer then splits his usage "
        "over several accounts: let prices fall or stay."
    ),
    "version-unsold": gettext_lazy(
        "With these buyers nobody takes the %(version)s version. Two versions bring no more than "
        "one here."
    ),
    "view-undercut": gettext_lazy(
        "The view %(view)s is listed at %(price)s, but %(views)s together cost %(cheaper)s. Nobody "
        "will pay its price: lower it, or raise the others."
    ),
    # Reconcile
    "range-wide": gettext_lazy(
        "The approaches lie far apart, from %(low)s to %(high)s. Look for the reason before "
        "weighing them."
    ),
    "results-context-unstated": gettext_lazy(
        "It is not stated of all results: %(names)s. State it, so that a reader sees that they "
        "value the same thing."
    ),
    # Shares of owners
    "shapley-sampled": gettext_lazy(
        "The shares are estimated from %(orders)s random orders. Each has the standard error that "
        "is told with it."
    ),
    # Uncertainty
    "base-outside-range": gettext_lazy(
        "The base %(base)s of %(name)s does not lie between its low and its high. Check them."
    ),
    "value-can-be-negative": gettext_lazy(
        "The value is negative in %(percent)s %% of the draws. Say what an owner would do then: "
        "one who can stop loses less."
    ),
    # Weighting
    "judgements-inconsistent": gettext_lazy(
        "The consistency ratio %(ratio)s is not below 0.10, so these weights are not acceptable. "
        "Compare the items with the largest differences again."
    ),
    "quality-rows-fail": gettext_lazy(
        "Rows that fail the rules on %(dimension)s: %(count)s; the first are %(rows)s. Mend them "
        "or state them in the report."
    ),
}
